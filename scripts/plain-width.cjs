/**
 * Stands for `string-width` in the bundle. Loading that takes longer than Node's own start, since it prepares for all of
 * Unicode; nearly all lines have only characters of one column.
 */

/** ASCII, Western letters, arrows, frames, blocks, and the signs of sentences; none of them is an emoji by itself. */
const oneColumn = /^[ -~¡-¨ª-¬¯-ÿ‐-‖†‡•…→←↑↓─-▟]*$/
/** They have no width. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g')

let stringWidth

module.exports = (text, options) => {
  if (typeof text === 'string' && options === undefined) {
    const shown = text.includes('\u001B') ? text.replaceAll(colours, '') : text
    if (oneColumn.test(shown)) return shown.length
  }
  stringWidth ??= require('string-width').default
  return stringWidth(text, options)
}
