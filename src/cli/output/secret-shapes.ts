const stars = '***'

/** Patterns of secrets in any text, each with its replacement. */
const shapes: readonly [RegExp, string][] = [
  // The password of a URL: `postgres://user:password@host`.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/?#"'<>]*:)[^\s/?#"'<>]+(?=@)/gi, `$1${stars}`],
  // A token in place of a user: `https://TOKEN@host`.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s:@/?#"'<>]{16,}(?=@)/gi, `$1${stars}`],
  // AWS's access keys, and the values that AWS's tools write beside them.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, stars],
  [
    /((?:aws_?)?(?:secret_?access_?key|session_?token)\\?["']?\s*[=:]\s*\\?["']?)[\w+/=-]{16,}/gi,
    `$1${stars}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, stars],
]

/** Words without which no pattern fits. Most texts have none of them, and one search is quicker than that of each pattern. */
const hints = /:\/\/|AKIA|ASIA|secret_?access|session_?token|PRIVATE KEY/i

/** A text with everything masked that looks like a secret. */
export function maskShapes(text: string): string {
  if (!hints.test(text)) return text
  return shapes.reduce((masked, [shape, shown]) => masked.replace(shape, shown), text)
}
