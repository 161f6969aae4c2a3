/** Tells whether a CI runs the program, by the variable that all of them set; some people set it to `false`. */
export function isInCi({ CI }: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(CI) && CI !== 'false' && CI !== '0'
}
