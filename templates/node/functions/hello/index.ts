interface Greeting {
  message: string
  /** The version that answered: watch it change while a release moves traffic. */
  version: string
}

export async function handler(event: { name?: string }): Promise<Greeting> {
  const name = event.name ?? 'world'
  const version = process.env['AWS_LAMBDA_FUNCTION_VERSION'] ?? 'unknown'
  console.info(`greeting ${name}`)
  return { message: `Hello, ${name}, from ${process.env['STAGE']}!`, version }
}
