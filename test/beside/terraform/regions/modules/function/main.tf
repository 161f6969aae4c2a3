terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "name" {}
resource "aws_lambda_function" "this" {
  function_name = var.name
  role = "arn:aws:iam::123456789012:role/x"
  runtime = "nodejs22.x"
  handler = "index.handler"
  filename = "x.zip"
}
