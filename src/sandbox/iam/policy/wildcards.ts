/** Tells whether a text matches a pattern, in which `*` stands for any text and `?` for one character. */
export function matchesPattern(text: string, pattern: string): boolean {
  // Without backtracking over more than one star, so that no pattern takes long.
  let at = 0
  let place = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    const wanted = pattern[place]
    if (wanted === '*') {
      star = place
      resume = at
      place += 1
    } else if (wanted === '?' || wanted === text[at]) {
      at += 1
      place += 1
    } else if (star === -1) return false
    else {
      place = star + 1
      resume += 1
      at = resume
    }
  }
  while (pattern[place] === '*') place += 1
  return place === pattern.length
}
