export { Engine } from "./engine/engine";
export default {};
