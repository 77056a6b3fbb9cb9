# The module with each sink, as scripts/validate renders it. It needs no provider.

locals {
  layer  = "arn:aws:lambda:eu-west-1:123456789012:layer:log-shipper-x86_64:1"
  secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf"
}

module "http" {
  source    = "../"
  sink      = "http"
  layer_arn = local.layer
  http      = { url = "https://logs.example.com/ingest", token_secret_arn = local.secret }
}

module "kinesis" {
  source    = "../"
  sink      = "kinesis"
  layer_arn = local.layer
  kinesis   = { stream_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/example-logs" }
}

module "loki" {
  source    = "../"
  sink      = "loki"
  layer_arn = local.layer
  loki = {
    url                 = "https://logs.example.com"
    application         = "orders"
    environment         = "production"
    user                = "123456"
    password_secret_arn = local.secret
  }
}

module "s3" {
  source    = "../"
  sink      = "s3"
  layer_arn = local.layer
  s3        = { bucket_arn = "arn:aws:s3:::example-logs" }
}

module "s3_cloudwatch_off" {
  source          = "../"
  sink            = "s3"
  layer_arn       = local.layer
  s3              = { bucket_arn = "arn:aws:s3:::example-logs" }
  cloudwatch_logs = false
}

output "http" {
  value = module.http
}

output "kinesis" {
  value = module.kinesis
}

output "loki" {
  value = module.loki
}

output "s3" {
  value = module.s3
}

output "s3-cloudwatch-off" {
  value = module.s3_cloudwatch_off
}
