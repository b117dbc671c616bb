/**
 * Looks into picture files: what they are, whether they are whole, how large they would be, and
 * makes of them what may be stored and shown. Pure: bytes in, bytes out.
 *
 * <p>Policy: the stored picture is the cleaned one; the file as it came is not kept, only its
 * digest. Cleaning takes out EXIF (position, camera, times), XMP, IPTC, comments and everything
 * after the end of the picture, without touching pixels, wherever browsers show the file as it is.
 * Pictures that are turned by EXIF, CMYK or animated are drawn anew: upright, RGB, first frame.
 */
package org.atelier.dataset.picture;
