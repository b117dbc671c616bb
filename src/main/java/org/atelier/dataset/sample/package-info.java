/**
 * Draws and writes the bundled sample data: garment pictures ({@link
 * org.atelier.dataset.sample.GarmentSampleGenerator}) and garment descriptions ({@link
 * org.atelier.dataset.sample.DescriptionSampleGenerator}).
 *
 * <p>Everything is made from a seed with plain Java2D and {@link java.util.Random}, so that the
 * committed files can be made again by anyone. Nothing in the running application depends on it.
 */
package org.atelier.dataset.sample;
