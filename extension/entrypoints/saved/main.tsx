import { render } from "preact";
import { SavedPapers } from "./SavedPapers";

render(<SavedPapers />, document.getElementById("saved")!);
