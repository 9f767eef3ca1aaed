"""Addresses of the SMS gateway, the phones and their control."""

from django.urls import path

from demeu.sandbox.messages.views import control, gateway, mailbox, phones, push, smsc

urlpatterns = [
    path("mobizon/service/message/sendSmsMessage", gateway.send, name="mobizon-send"),
    path("mobizon/service/message/getSMSStatus", gateway.status, name="mobizon-status"),
    path("mobizon/service/user/getOwnBalance", gateway.balance, name="mobizon-balance"),
    path("smsc/sys/send.php", smsc.send, name="smsc-send"),
    path("smsc/sys/status.php", smsc.status, name="smsc-status"),
    path("push/", push.browsers, name="push-browsers"),
    path("push/subscribe", push.subscribe, name="push-subscribe"),
    path("push/to/<str:token>", push.deliver, name="push-deliver"),
    path("mail/", mailbox.letters, name="mail-letters"),
    path("mail/<int:letter>/", mailbox.letter, name="mail-letter"),
    path("control/mail", control.letters, name="control-letters"),
    path("control/mail/incoming", mailbox.incoming, name="control-mail-incoming"),
    path("control/push/<str:token>", control.notices, name="control-notices"),
    path("control/push/<str:token>/gone", control.gone, name="control-browser-gone"),
    path("control/messages/faults", control.faults_address, name="control-message-faults"),
    path("phone/", phones.phones, name="phones"),
    path("phone/<str:number>/", phones.phone, name="phone"),
    path("control/phones/<str:number>/messages", control.messages, name="control-phone-messages"),
    path("control/phones/<str:number>/reply", control.reply, name="control-phone-reply"),
]
