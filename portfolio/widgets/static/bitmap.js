// Pictures on their way into a canvas and out of it.

const SMALL = 300_000; // bytes; a PNG of lines is sharper than a JPEG, and mostly smaller

/** A picture as a file: PNG if that is small, else JPEG. */
export async function filed(canvas) {
  const as = (type, quality) => new Promise((done) => canvas.toBlob(done, type, quality));
  const png = await as("image/png");
  return png && png.size <= SMALL ? png : as("image/jpeg", 0.88);
}

/** A loaded picture; null if there is none or it cannot be shown. */
export async function loaded(address) {
  if (!address) return null;
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  }
}
