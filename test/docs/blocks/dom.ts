import { parseHTML } from "linkedom";

/** What the tests use of an element; the project's type check has no types of browsers. */
export interface PageElement {
  value: string;
  readonly textContent: string;
  dispatchEvent(event: object): boolean;
}

/** A parsed page. */
export interface HtmlPage {
  readonly window: object;
  readonly document: {
    querySelector(selector: string): PageElement | null;
    querySelectorAll(selector: string): Iterable<PageElement>;
  };
  readonly Event: new (type: string, init: { cancelable: boolean }) => object;
}

export const parsePage = (html: string): HtmlPage => parseHTML(html) as unknown as HtmlPage;
