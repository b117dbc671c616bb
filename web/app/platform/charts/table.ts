/** The same data as a table: for screen readers, for keyboards, for CSV. */
import { categories, cellLink, place, words, type ChartData, type MatrixData } from "./model";

interface Cell {
  text: string;
  raw: string | number | null;
  link?: string | null;
}

export interface Rows {
  head: string[];
  body: Cell[][];
}

export function rows(data: ChartData): Rows {
  if (data.kind === "matrix") return matrixRows(data);
  if (data.kind === "bar") {
    const ranged = data.series.map((one) => Boolean(one.low && one.high));
    return {
      head: [data.x ?? "", ...data.series.flatMap((one, index) => columns(one.name, ranged[index]))],
      body: categories(data).map((name, index) => [
        { text: name, raw: name, link: data.links?.[index] },
        ...data.series.flatMap((one, at) => {
          const value = [number(one.values?.[index], data.percent)];
          return ranged[at]
            ? [...value, number(one.low?.[index], data.percent), number(one.high?.[index], data.percent)]
            : value;
        }),
      ]),
    };
  }
  const places = [...new Set(data.series.flatMap((one) => (one.points ?? []).map((point) => point[0])))];
  places.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b))));
  const ranged = data.series.map((one) => (one.points ?? []).some((point) => point[2] !== undefined));
  return {
    head: [data.x ?? "", ...data.series.flatMap((one, index) => columns(one.name, ranged[index]))],
    body: places.map((at) => [
      { text: place(data, at), raw: at },
      ...data.series.flatMap((one, index) => {
        const point = one.points?.find((candidate) => candidate[0] === at);
        const value = [number(point?.[1], data.percent)];
        return ranged[index] ? [...value, number(point?.[2], data.percent), number(point?.[3], data.percent)] : value;
      }),
    ]),
  };
}

function columns(name: string, ranged: boolean): string[] {
  return ranged ? [name, "from", "to"] : [name];
}

function number(value: number | null | undefined, percent?: boolean): Cell {
  return { text: words(value, percent), raw: value ?? null };
}

function matrixRows(data: MatrixData): Rows {
  return {
    head: [`${data.y ?? ""} \\ ${data.x ?? ""}`, ...data.labels],
    body: data.labels.map((label, y) => [
      { text: label, raw: label },
      ...data.counts[y].map((count, x) => ({ text: words(count), raw: count, link: count > 0 ? cellLink(data, y, x) : null })),
    ]),
  };
}

export function tableElement(table: Rows, caption: string): HTMLElement {
  const scroll = document.createElement("div");
  scroll.className = "table-scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", caption);
  const element = document.createElement("table");
  element.className = "table";
  const head = element.createTHead().insertRow();
  table.head.forEach((text, index) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    if (index > 0) cell.className = "number";
    head.append(cell);
  });
  const body = element.createTBody();
  for (const row of table.body) {
    const line = body.insertRow();
    row.forEach((value, index) => {
      const cell = document.createElement(index === 0 ? "th" : "td");
      if (index === 0) cell.setAttribute("scope", "row");
      else cell.className = "number";
      if (value.link) {
        const link = document.createElement("a");
        link.href = value.link;
        link.textContent = value.text;
        cell.append(link);
      } else cell.textContent = value.text;
      line.append(cell);
    });
  }
  scroll.append(element);
  return scroll;
}

/** Comma-separated values; cells that a spreadsheet would run as a formula are quoted with an apostrophe. */
export function csv(table: Rows): string {
  const quote = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [table.head.map(quote), ...table.body.map((row) => row.map((cell) => quote(cell.raw)))];
  return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}
