"""Addresses of the SMS gateway, the phones and their control."""

from django.urls import path

from demeu.sandbox.messages.views import control, gateway, phones

urlpatterns = [
    path("mobizon/service/message/sendSmsMessage", gateway.send, name="mobizon-send"),
    path("mobizon/service/message/getSMSStatus", gateway.status, name="mobizon-status"),
    path("mobizon/service/user/getOwnBalance", gateway.balance, name="mobizon-balance"),
    path("phone/", phones.phones, name="phones"),
    path("phone/<str:number>/", phones.phone, name="phone"),
    path("control/phones/<str:number>/messages", control.messages, name="control-phone-messages"),
    path("control/phones/<str:number>/reply", control.reply, name="control-phone-reply"),
]
