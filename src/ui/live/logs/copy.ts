/** The sequence by which a terminal copies a text to the clipboard (OSC 52), over SSH too. */
export function copyToTerminal(text: string): string {
  return `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`
}
