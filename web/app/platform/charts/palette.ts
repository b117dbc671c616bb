/** Our tokens as colours that a canvas understands, for the theme shown now. */
import type { Series } from "./model";

export interface Palette {
  ink: string;
  quiet: string;
  paper: string;
  line: string;
  lineStrong: string;
  accent: string;
  sans: string;
  of(series: Series, index: number): string;
  /** Mixes a token colour into the paper; share 0 is paper, 1 the colour. */
  tint(token: string, share: number): string;
}

export function palette(element: Element): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const resolve = (expression: string) => {
    probe.style.color = expression;
    return toRgb(getComputedStyle(probe).color);
  };
  const token = (name: string) => resolve(`var(--${name})`);
  const known = new Map<string, string>();
  const cached = (name: string) => {
    const value = known.get(name) ?? token(name);
    known.set(name, value);
    return value;
  };
  for (const name of TOKENS) cached(name);
  const tints = (name: string, share: number) => mix(cached("paper"), cached(name), share);
  const sans = getComputedStyle(document.documentElement).fontFamily;
  probe.remove();
  return {
    ink: cached("ink"),
    quiet: cached("ink-quiet"),
    paper: cached("paper"),
    line: cached("line"),
    lineStrong: cached("line-strong"),
    accent: cached("accent"),
    sans,
    of: (series, index) => cached(tokenOf(series, index)),
    tint: tints,
  };
}

const LABELS = Array.from({ length: 12 }, (_, index) => `label-${index + 1}`);
const TOKENS = ["ink", "ink-quiet", "paper", "line", "line-strong", "accent", "human", "machine", ...LABELS];

function tokenOf(series: Series, index: number): string {
  if (series.role === "human") return "human";
  if (series.role === "machine") return "machine";
  if (series.role === "open") return "line-strong";
  if (series.label !== undefined) return `label-${(series.label % 12) + 1}`;
  return ["ink", "label-4", "label-5", "label-9", "label-12", "label-7"][index % 6];
}

/** Any computed colour as rgb numbers; a canvas pixel understands every notation of the browser. */
function toRgb(colour: string): string {
  if (colour.startsWith("rgb")) return colour;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

function numbers(colour: string): number[] {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

function mix(from: string, to: string, share: number): string {
  const other = numbers(to);
  const mixed = numbers(from).map((value, index) => Math.round(value + (other[index] - value) * share));
  return `rgb(${mixed.join(", ")})`;
}

/** Black or white-ish text, whichever reads better on a colour. */
export function textOn(colour: string, palette: Palette): string {
  const contrast = (a: string, b: string) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  return contrast(colour, palette.ink) >= contrast(colour, palette.paper) ? palette.ink : palette.paper;
}

function luminance(colour: string): number {
  const [red, green, blue] = numbers(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
