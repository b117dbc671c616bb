import "./dataset.css";
import { startEmbeddings } from "./embeddings";
import { startIntake } from "./intake";
import { startLight } from "./light";

export function startDatasets(): void {
  startEmbeddings();
  startIntake();
  startLight();
}
