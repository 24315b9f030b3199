#pragma once

#include "shell/page.h"
#include "widgets/bars.h"

namespace tidemark {

// What one person sets on this workstation. Takes effect at once; the fleet file has no part in it.

// The zone of the second clock.
class ZoneSection : public Ground
{
    Q_OBJECT

public:
    explicit ZoneSection(PageContext context, QWidget *parent = nullptr);

private:
    void choose(const QString &zone);

    PageContext m_context;
};

// Theme and language.
class AppearanceSection : public Ground
{
    Q_OBJECT

public:
    explicit AppearanceSection(PageContext context, QWidget *parent = nullptr);

private:
    [[nodiscard]] QWidget *makeTheme();
    [[nodiscard]] QWidget *makeLanguage();

    PageContext m_context;
};

// What the desktop is told.
class NotificationSection : public Ground
{
    Q_OBJECT

public:
    explicit NotificationSection(PageContext context, QWidget *parent = nullptr);

private:
    PageContext m_context;
};

// Where the program keeps things on this machine.
class FoldersSection : public Ground
{
    Q_OBJECT

public:
    explicit FoldersSection(const PageContext &context, QWidget *parent = nullptr);
};

} // namespace tidemark
