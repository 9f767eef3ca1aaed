"""Addresses of the gateway, the bank and their control."""

from django.urls import path, re_path

from demeu.sandbox.banks.views import bank_api, bank_pages, control, epay_api, epay_pages, freedom_api, kaspi_pages

urlpatterns = [
    path("epay/oauth2/token", epay_api.token, name="epay-token"),
    path("epay/payform/payment-api.js", epay_pages.script, name="epay-script"),
    path("epay/payform/", epay_pages.enter, name="epay-enter"),
    path("epay/payform/<uuid:page>/", epay_pages.page, name="epay-page"),
    path("epay/payform/<uuid:page>/secure/", epay_pages.secure, name="epay-secure"),
    path("epay/invoice", epay_api.invoice, name="epay-invoice"),
    path("epay/check-status/payment/transaction/<str:invoice_id>", epay_api.status, name="epay-status"),
    re_path(
        r"^epay/operation/(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?P<verb>charge|cancel|refund)$",
        epay_api.operation,
        name="epay-operation",
    ),
    path("freedom/init_payment.php", freedom_api.init_payment),
    path("freedom/get_status3.php", freedom_api.get_status),
    path("freedom/revoke.php", freedom_api.revoke),
    path("freedom/make_recurring_payment.php", freedom_api.make_recurring_payment),
    path("freedom/api/to_iban", freedom_api.to_iban),
    path("freedom/pay/<uuid:page>/", epay_pages.page, name="freedom-page"),
    path("freedom/pay/<uuid:page>/secure/", epay_pages.secure, name="freedom-secure"),
    path("kaspi/pay/", kaspi_pages.pay, name="kaspi-pay"),
    path("bank/api/payments", bank_api.take_payments, name="bank-payments"),
    path("bank/api/payments/<str:message_id>", bank_api.payment_answer, name="bank-payment-answer"),
    path("bank/api/statements", bank_api.statements, name="bank-statements"),
    path("bank/", bank_pages.overview, name="bank"),
    path("bank/accounts/<str:iban>/", bank_pages.account, name="bank-account"),
    path("bank/movements/<int:number>/", bank_pages.movement, name="bank-movement"),
    path("control/epay/callbacks/<str:invoice_id>", control.callback, name="control-callbacks"),
    path("control/gateways/<str:invoice_id>/chargeback", control.chargeback, name="control-chargeback"),
    path("control/bank/faults", control.bank_faults, name="control-bank-faults"),
    path("control/bank/payments/<str:end_to_end_id>/return", control.return_payment, name="control-bank-return"),
    path("control/bank/credits", control.credit, name="control-bank-credits"),
    path("control/bank/accounts", control.accounts, name="control-bank-accounts"),
]
