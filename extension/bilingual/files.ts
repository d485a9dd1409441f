import type { HtmlPaper } from "../page";
import type { BilingualPaper } from "./BilingualPaper";
import { bilingualHtml } from "./html-file";
import { bilingualMarkdown } from "./markdown";

export interface BilingualFile {
  name: string;
  type: string;
  content: string;
}

/** The paper in both languages: Markdown, or one HTML page that needs nothing beside it. */
export async function bilingualFile(
  paper: HtmlPaper,
  bilingual: BilingualPaper,
  form: "md" | "html",
  targetLang: string,
): Promise<BilingualFile> {
  const { id } = paper;
  const name = `${id.replace("/", "_")}.${targetLang}.${form}`;
  if (form === "html") {
    return { name, type: "text/html", content: await bilingualHtml(paper.article, paper.readTitle(), targetLang) };
  }
  const content = bilingualMarkdown(bilingual.translated, paper.findDisplays(), { id, targetLang });
  return { name, type: "text/markdown", content };
}
