"""ГБД ФЛ, the state database of natural persons (service `GBDFLUniversal_token`)."""
