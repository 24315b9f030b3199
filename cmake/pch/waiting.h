#pragma once

#include "values.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <qcorotask.h>

#include <coroutine>
#include <stop_token>
#include <tl/expected.hpp>
