declare module "*.css";

declare module "htmx.org" {
  const htmx: {
    config: Record<string, unknown>;
    process(element: Element): void;
    trigger(element: Element, event: string, detail?: unknown): void;
  };
  export default htmx;
}
