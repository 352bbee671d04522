FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings.production
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
# Assets and translations need no secret that matters: the real ones come at run time.
RUN SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build TRACE_SIGNING_KEY=build sh -c \
    "python manage.py build_locale && python manage.py build_assets && python manage.py collectstatic --noinput" \
    && useradd --system shop && mkdir -p var && chown -R shop var
USER shop
EXPOSE 8000
ENTRYPOINT ["sh", "config/services/entrypoint.sh"]
CMD ["web"]
