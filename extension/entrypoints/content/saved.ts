/** Which papers of a page are saved, as the server knows it. */
import type { SavedPaper } from "../../shared/wire";
import type { PageMessage, Session } from "./session";

export class SavedOnPage {
  /** Without versions. */
  private ids: ReadonlySet<string> = new Set();

  /** `onChange` is called when more or other papers are saved than were known. */
  constructor(
    private readonly session: Session,
    private readonly onChange: () => void,
  ) {
    session.send({ type: "content-to-background/saved" });
  }

  has(id: string): boolean {
    return this.ids.has(withoutVersion(id));
  }

  toggle(paper: SavedPaper): void {
    this.session.send({ type: "content-to-background/save", paper, keep: !this.has(paper.id) });
  }

  /** Hand over what came over the port; true if it was about saved papers. */
  take(message: PageMessage): boolean {
    if (message.type !== "background-to-content/saved") return false;
    this.ids = new Set(message.ids);
    this.onChange();
    return true;
  }
}

const withoutVersion = (id: string): string => id.replace(/v\d+$/, "");
