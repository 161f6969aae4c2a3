/** EventBridge's limit for the name of a rule. */
const longest = 64

/** A name for the rule of a trigger that is not taken: `shop-worker-prod-nightly`, with a number if it is needed. */
export function freeRuleName(functionName: string, trigger: string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const end = count === 1 ? `-${trigger}` : `-${trigger}-${count}`
    const name = `${functionName.slice(0, Math.max(0, longest - end.length))}${end}`.slice(-longest)
    if (!taken.includes(name)) return name
  }
}
