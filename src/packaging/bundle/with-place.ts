import type { Message } from 'esbuild'

/** The text of a message with its place and its plugin. */
export function withPlace({ text, location, pluginName }: Message): string {
  const from = pluginName ? `plugin ${pluginName}: ${text}` : text
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${from}` : from
}
