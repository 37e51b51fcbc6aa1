/** An example: what a program needs that uses the engine as a library. */
package shop;
