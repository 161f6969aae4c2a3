# The shape of terraform-aws-modules/lambda: a resource with a count, and no way to give it a lifecycle.
variable "name" {}
variable "role" {}

resource "aws_lambda_function" "this" {
  count         = 1
  function_name = var.name
  role          = var.role
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = "${path.module}/../../placeholder.zip"
}
