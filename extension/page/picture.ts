/** Panels of a figure stand side by side, this high at most. */
const MAX_HEIGHT = 900;
const GAP = 16;

/** The pictures of a figure as one PNG in base64; null when none of them could be loaded. */
export async function readPicture(article: HTMLElement, addresses: readonly string[]): Promise<string | null> {
  const images = addresses.flatMap((address) => {
    const image = [...article.querySelectorAll("img")].find((one) => one.getAttribute("src") === address);
    return image ? [image] : [];
  });
  await Promise.all(images.map(load));
  return draw(images.filter((image) => image.naturalWidth > 0));
}

/** arXiv loads pictures only when they come into sight. */
async function load(image: HTMLImageElement): Promise<void> {
  image.loading = "eager";
  await image.decode().catch(() => undefined);
}

function draw(images: readonly HTMLImageElement[]): string | null {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context || images.length === 0) return null;
  const height = Math.min(MAX_HEIGHT, Math.max(...images.map((image) => image.naturalHeight)));
  const widths = images.map((image) => Math.round((image.naturalWidth * height) / image.naturalHeight));
  canvas.height = height;
  canvas.width = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  context.fillStyle = "white"; // as on paper: many figures have no ground of their own
  context.fillRect(0, 0, canvas.width, height);
  let left = 0;
  for (const [index, image] of images.entries()) {
    context.drawImage(image, left, 0, widths[index]!, height);
    left += widths[index]! + GAP;
  }
  try {
    return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
  } catch {
    return null; // a picture of another site's taints the canvas
  }
}
