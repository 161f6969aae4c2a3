/** An answer of the endpoint. */
export interface Answer {
  status: number
  body: string
}

export function refusal(type: string, message: string): Answer {
  return { status: 400, body: JSON.stringify({ __type: type, message }) }
}
