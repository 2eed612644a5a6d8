from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"

    def ready(self):
        from actionplans.asking.daily import ask_for_updates
        from actionplans.lifecycle import add_to_lifecycle
        from actionplans.resting.showing import add_to_lessons
        from actionplans.rows.services import add_to_clock
        from reviews.reminders.beside import register_sender

        add_to_clock()
        add_to_lifecycle()
        register_sender(ask_for_updates)
        add_to_lessons()
