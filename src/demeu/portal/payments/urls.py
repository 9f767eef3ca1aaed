"""Addresses of the desks of money, delivery and audit."""

from django.urls import path

from demeu.portal.payments import (
    views,
    views_audit,
    views_bank,
    views_deliveries,
    views_monitoring,
    views_payees,
    views_refunds,
    views_suspense,
)

app_name = "payments"
urlpatterns = [
    path("desk/payouts/", views.payouts, name="payouts"),
    path("desk/payouts/new/", views.new_payout, name="new"),
    path("desk/payouts/payees/", views_payees.payees, name="payees"),
    path("desk/payouts/payees/<uuid:payee>/check/", views_payees.check, name="check-payee"),
    path("desk/payouts/<uuid:payout>/quotes/<uuid:document>/", views.quote, name="quote"),
    path("desk/payouts/payees/new/", views.new_payee, name="new-payee"),
    path("desk/payouts/<uuid:payout>/", views.payout, name="payout"),
    path("desk/payouts/<uuid:payout>/approve/", views.approve, name="approve"),
    path("desk/payouts/<uuid:payout>/reject/", views.reject, name="reject"),
    path("desk/payouts/<uuid:payout>/invoice/", views.invoice, name="invoice"),
    path("money/bank/", views_bank.bank, name="bank"),
    path("money/bank.json", views_bank.bank_json, name="bank-json"),
    path("money/bank.csv", views_bank.bank_csv, name="bank-csv"),
    path("desk/suspense/", views_suspense.suspense, name="suspense"),
    path("desk/suspense/<uuid:line>/take/", views_suspense.take, name="line-take"),
    path("desk/suspense/<uuid:line>/explain/", views_suspense.explain, name="line-explain"),
    path("desk/suspense/explanations/<uuid:explanation>/", views_suspense.answer, name="line-answer"),
    path("desk/monitoring/", views_monitoring.monitoring, name="monitoring"),
    path("desk/monitoring/report/", views_monitoring.report, name="monitoring-report"),
    path("desk/monitoring/<uuid:alert>/propose/", views_monitoring.propose, name="alert-propose"),
    path("desk/monitoring/<uuid:alert>/decide/", views_monitoring.decide, name="alert-decide"),
    path("desk/refunds/", views_refunds.refunds, name="refunds"),
    path("desk/refunds/<uuid:refund>/", views_refunds.decide, name="refund"),
    path("desk/deliveries/", views_deliveries.deliveries, name="deliveries"),
    path("desk/deliveries/<uuid:item>/", views_deliveries.delivery, name="delivery"),
    path("desk/deliveries/tickets/<uuid:item>/", views_deliveries.ticket, name="ticket"),
    path("money/deliveries/", views_deliveries.asked_again, name="asked-again"),
    path("money/deliveries.json", views_deliveries.asked_again_json, name="asked-again-json"),
    path("desk/deliveries/problems/<uuid:message>/", views_deliveries.problem, name="problem"),
    path("desk/audit/", views_audit.audit, name="audit"),
]
