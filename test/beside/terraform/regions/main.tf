# Functions of several Regions: by a variable, by an alias of the provider, and by modules.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "region" { default = "eu-central-1" }
provider "aws" {
  region = var.region
  access_key = "x"
  secret_key = "x"
  skip_credentials_validation = true
  skip_requesting_account_id = true
  skip_metadata_api_check = true
}
provider "aws" {
  alias = "west"
  region = "us-west-2"
  access_key = "x"
  secret_key = "x"
  skip_credentials_validation = true
  skip_requesting_account_id = true
}
resource "aws_lambda_function" "pay" {
  function_name = "pay"
  role = "arn:aws:iam::123456789012:role/x"
  runtime = "nodejs22.x"
  handler = "index.handler"
  filename = "x.zip"
}
resource "aws_lambda_function" "west" {
  provider = aws.west
  function_name = "west"
  role = "arn:aws:iam::123456789012:role/x"
  runtime = "nodejs22.x"
  handler = "index.handler"
  filename = "x.zip"
}
module "m" {
  source = "./modules/function"
  for_each = toset(["a", "b"])
  name = each.key
  providers = { aws = aws.west }
}
module "n" {
  source = "./modules/function"
  name = "n"
}
