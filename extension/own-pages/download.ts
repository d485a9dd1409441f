import type { ExportedFile } from "../panel";

/** Let the browser save a file, wherever it saves files. */
export function download({ name, type, content }: ExportedFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
