"""ГБД ЮЛ, the state database of legal entities (`GbdulInfoByBin_v2`): companies, funds and NGOs by BIN.

Names of the fields as published; whether they are qualified in the signed document is not confirmed with the operator.
"""
