import "./dataset.css";
import { startIntake } from "./intake";
import { startLight } from "./light";

export function startDatasets(): void {
  startIntake();
  startLight();
}
