variable "sink" {
  description = "The destination: http, kinesis (Amazon Data Firehose), loki or s3."
  type        = string

  validation {
    condition     = contains(["http", "kinesis", "loki", "s3"], var.sink)
    error_message = "Expected http, kinesis, loki or s3."
  }

  validation {
    condition = (
      (var.sink != "http" || var.http != null) && (var.sink != "kinesis" || var.kinesis != null) &&
      (var.sink != "loki" || var.loki != null) && (var.sink != "s3" || var.s3 != null)
    )
    error_message = "Expected the variable that is named after the sink, such as s3 for sink = \"s3\"."
  }
}

variable "layer_arn" {
  description = "The layer version that scripts/publish printed, in the functions' region and for their processor."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:lambda:[^:]+:[0-9]{12}:layer:[^:]+:[0-9]+$", var.layer_arn))
    error_message = "Expected the ARN of a layer version, ending with its number."
  }
}

variable "http" {
  description = "For sink = \"http\". The token is a secret, read by the layer at run time."
  type = object({
    url              = string
    token_secret_arn = optional(string)
  })
  default = null
}

variable "kinesis" {
  description = "For sink = \"kinesis\": ARN of the delivery stream."
  type = object({
    stream_arn = string
  })
  default = null
}

variable "loki" {
  description = "For sink = \"loki\". The password is a secret, read by the layer at run time."
  type = object({
    url                 = string
    application         = string
    environment         = string
    user                = optional(string)
    password_secret_arn = optional(string)
  })
  default = null
}

variable "s3" {
  description = "For sink = \"s3\": ARN of the bucket, and of its KMS key if that is your own."
  type = object({
    bucket_arn  = string
    kms_key_arn = optional(string)
  })
  default = null
}

variable "variables" {
  description = "Further variables of the layer, such as { PUSHER_S3_COMPRESSION = \"gzip\" }."
  type        = map(string)
  default     = {}
}

variable "cloudwatch_logs" {
  description = "false denies the functions' roles to write to CloudWatch Logs."
  type        = bool
  default     = true
}
