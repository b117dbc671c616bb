/** Pages, pictures and API of datasets. */
package org.atelier.dataset.web;
