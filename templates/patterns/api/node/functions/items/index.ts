import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

interface Item {
  name: string
  /** Cents. */
  price: number
}

const dynamoDb = new DynamoDBClient()

/** Answers `GET` and `PUT /items/{id}`. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const [, id] = /^\/items\/([\w-]{1,64})$/.exec(event.rawPath) ?? []
  if (id === undefined) return answer(404, { error: `there is no ${event.rawPath}` })
  switch (event.requestContext.http.method) {
    case 'GET':
      return read(id)
    case 'PUT':
      return write(id, event)
    default:
      return { ...answer(405, { error: 'expected GET or PUT' }), headers: { allow: 'GET, PUT' } }
  }
}

async function read(id: string): Promise<APIGatewayProxyStructuredResultV2> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: process.env.TABLE, Key: { id: { S: id } } }),
  )
  if (!Item) return answer(404, { error: `there is no item ${id}` })
  return answer(200, { id, name: Item.name?.S, price: Number(Item.price?.N) })
}

/** The same request again leaves the same item, so callers may repeat it. */
async function write(
  id: string,
  { body = '', isBase64Encoded }: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const item = parseItem(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body)
  if (!item) return answer(400, { error: 'expected JSON with a name and a price in cents' })
  const { name, price } = item
  await dynamoDb.send(
    new PutItemCommand({
      TableName: process.env.TABLE,
      Item: { id: { S: id }, name: { S: name }, price: { N: `${price}` } },
    }),
  )
  console.info({ message: 'item stored', item: id })
  return answer(200, { id, name, price })
}

/** Undefined for a text that is no item. */
function parseItem(text: string): Item | undefined {
  try {
    const { name, price } = JSON.parse(text) as Partial<Item>
    const isItem = typeof name === 'string' && name !== '' && Number.isInteger(price) && Number(price) >= 0
    return isItem ? { name, price: Number(price) } : undefined
  } catch {
    return undefined
  }
}

function answer(statusCode: number, content: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) }
}
