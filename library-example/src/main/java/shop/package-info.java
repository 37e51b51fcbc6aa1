/** A program that searches logs with the engine as its only dependency; the guide shows it. */
package shop;
