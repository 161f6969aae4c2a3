// Stands in for @aws-sdk/credential-providers in the bundle, which would be as large as a client.
exports.fromCognitoIdentityPool = undefined
