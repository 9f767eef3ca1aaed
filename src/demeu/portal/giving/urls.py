"""Addresses of giving."""

from django.urls import path

from demeu.portal.giving import views, views_basket, views_fees, views_monthly, views_return

app_name = "giving"
urlpatterns = [
    path("give/", views.amount, name="give"),
    path("give/basket/", views_basket.basket, name="basket"),
    path("give/basket/put/", views_basket.put, name="basket-put"),
    path("give/basket/<uuid:basket>/", views_basket.basket_gifts, name="basket-gifts"),
    path("give/<uuid:gift>/", views.status, name="gift"),
    path("give/<uuid:gift>/now/", views.status_now, name="now"),
    path("give/<uuid:gift>/pay/", views.pay, name="pay"),
    path("give/<uuid:gift>/receipt.pdf", views.receipt_pdf, name="receipt"),
    path("give/<uuid:gift>/proof.txt", views.proof_text, name="proof"),
    path("give/<uuid:gift>/answer/", views_return.answer_surplus, name="answer"),
    path("give/<uuid:gift>/return/", views_return.ask_back, name="return"),
    path("fees/", views_fees.fees, name="fees"),
    path("fees.json", views_fees.fees_json, name="fees-json"),
    path("fees.csv", views_fees.fees_csv, name="fees-csv"),
    path("my/gifts/", views.mine, name="mine"),
    path("my/monthly/", views_monthly.monthly, name="monthly"),
    path("my/monthly/<uuid:plan>/", views_monthly.change, name="monthly-change"),
]
