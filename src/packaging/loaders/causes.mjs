// Reads an error of a function's code and all its causes.

/** The properties in which libraries keep the cause of an error. */
const causes = [
  'cause',
  'originalError',
  'lastError',
  'innerError',
  'parent',
  'error',
  'reason',
  'errors',
  'lastErrors',
  'detail',
]
const mostCauses = 50

/** An error and all its causes; they may form a circle. */
export function allOf(error) {
  const found = new Set([error])
  for (const each of found) {
    if (found.size > mostCauses) break
    for (const next of causes.flatMap((name) => read(each, name) ?? [])) {
      if (typeof next === 'object' && next !== null) found.add(next)
    }
  }
  return [...found]
}

/** Name, code and message of an error and of all its causes. A loader does not decide which of them counts. */
export function chainOf(error) {
  return allOf(error).map((each) =>
    [
      read(each, 'name'),
      read(each, 'code'),
      read(each, 'message') ?? (Object(each) === each ? '' : String(each)),
    ]
      .filter((word) => typeof word === 'string')
      .join(': ')
      .slice(0, 2000),
  )
}

/** A foreign getter may throw. */
function read(of, name) {
  try {
    return Object(of)[name]
  } catch {
    return undefined
  }
}
