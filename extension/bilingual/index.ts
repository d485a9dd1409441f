export { BilingualPaper } from "./BilingualPaper";
export { bilingualFile } from "./files";
