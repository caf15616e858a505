/** What these pages use of the DOM, whose types the project does not load. */
declare const document: { getElementById(id: "answer" | "error"): { textContent: string } };

/** Shows the text of the answer so far. */
export function showAnswer(text: string): void {
  document.getElementById("answer").textContent = text;
}

export function showError(text: string): void {
  document.getElementById("error").textContent = text;
}
