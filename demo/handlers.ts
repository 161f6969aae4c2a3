/** Three releases of one function: the next two are written over the template's. */
export const goodHandler = `interface Receipt {
  order: number
  total: number
}

export async function handler(event: { order?: number }): Promise<Receipt> {
  const order = event.order ?? 0
  return { order, total: 19.9 }
}
`

/** Fails for every third order: not at its start, and not for the smoke event. */
export const badHandler = `interface Receipt {
  order: number
  total: number
}

export async function handler(event: { order?: number }): Promise<Receipt> {
  const order = event.order ?? 0
  if (order % 3 === 2) throw new Error(\`no price for order \${order}\`)
  return { order, total: 17.9 }
}
`
