import { render } from "preact";
import { SidePanel } from "./SidePanel";

render(<SidePanel />, document.getElementById("sidepanel")!);
