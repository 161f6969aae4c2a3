import type { Tokens } from './tokens.ts'

/**
 * Parses operands with operators of equal rank between them, which bind from the left: `a - b - c` is `(a - b) - c`.
 *
 * @param join makes one operand of two operands and their operator
 */
export function parseOperations<Operator extends string, Operand>(
  tokens: Pick<Tokens<Operator>, 'nextOf'>,
  operators: readonly Operator[],
  parseOperand: () => Operand,
  join: (operator: Operator, left: Operand, right: Operand) => Operand,
): Operand {
  let left = parseOperand()
  for (;;) {
    const operator = tokens.nextOf(operators)
    if (operator === undefined) return left
    left = join(operator, left, parseOperand())
  }
}
