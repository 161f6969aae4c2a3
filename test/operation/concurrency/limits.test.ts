import { describe, expect, test } from 'vitest'
import {
  leastUnreserved,
  mostReservable,
  namedMinimum,
  refusedProvision,
  refusedReservation,
} from '../../../src/operation/concurrency/limits.ts'

const account = { limit: 1000, unreserved: 300 }
const none = { reserved: undefined, provisioned: 0 }

test('AWS keeps 100 unreserved, and all of a small account', () => {
  expect(leastUnreserved({ limit: 1000 })).toBe(100)
  expect(leastUnreserved({ limit: 50 })).toBe(50)
  expect(mostReservable({ limit: 10, unreserved: 10 }, none)).toBe(0)
})

describe('a reservation', () => {
  test("may take the rest above the minimum, with the function's own credited back", () => {
    expect(refusedReservation(account, none, 200)).toBeUndefined()
    expect(refusedReservation(account, none, 201)).toMatchObject({ most: 200 })
    expect(refusedReservation(account, { reserved: 50, provisioned: 0 }, 250)).toBeUndefined()
  })

  test('may always be lowered, also where the account has lost its rest', () => {
    const tight = { limit: 1000, unreserved: 40 }
    expect(refusedReservation(tight, { reserved: 50, provisioned: 0 }, 20)).toBeUndefined()
    expect(refusedReservation(tight, none, 0)).toBeUndefined()
  })

  test('is not below what is provisioned', () => {
    expect(refusedReservation(account, { reserved: 50, provisioned: 5 }, 4)?.why).toBe(
      "a reservation can't be below the number of provisioned environments, 5",
    )
  })
})

test('provisioned environments fit into the reservation, or else into the unreserved rest', () => {
  expect(refusedProvision(account, { reserved: 10, provisioned: 4 }, 6)).toBeUndefined()
  expect(refusedProvision(account, { reserved: 10, provisioned: 4 }, 7)).toMatchObject({ most: 6 })
  expect(refusedProvision(account, none, 200)).toBeUndefined()
  expect(refusedProvision(account, { ...none, provisioned: 50 }, 151)).toMatchObject({ most: 150 })
})

test("AWS's minimum is read from its brackets", () => {
  expect(namedMinimum('… below its minimum value of [10].')).toBe(10)
  expect(namedMinimum('Function not found')).toBeUndefined()
})
