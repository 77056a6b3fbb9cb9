output "layers" {
  description = "For `layers` of a function."
  value       = [var.layer_arn]
}

output "variables" {
  description = "For `environment { variables }` of a function; merge it with the function's own."
  value       = merge({ for name, value in local.own : name => value if value != null }, var.variables)
}

output "policy" {
  description = "The least policy for the functions' roles, as JSON; null if none is needed."
  value       = length(local.statements) == 0 ? null : jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
