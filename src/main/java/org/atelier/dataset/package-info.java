/**
 * Datasets: collections of pictures or texts with immutable versions, brought in from files, looked
 * at, extended, partly deleted and exported.
 *
 * <p>Owns the tables of schema {@code dataset}. May use platform. Other features use this package
 * only: {@link org.atelier.dataset.Datasets} to read items and to bring labels back, {@link
 * org.atelier.dataset.Pictures} for the bytes of pictures, and {@link
 * org.atelier.dataset.LabelSource} to offer labels to exports.
 */
package org.atelier.dataset;
