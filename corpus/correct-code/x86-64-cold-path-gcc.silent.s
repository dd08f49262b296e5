// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: the unlikely path stands in a fragment of its own, or at the end
// c: void bad(const char *) __attribute__((cold));
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x < 0) { bad("x"); x = g(b); } return x + b; }

	.text
	.section	.rodata.str1.1,"aMS",@progbits,1
.LC0:
	.string	"x"
	.section	.text.unlikely,"ax",@progbits
	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%esi, %ebx
	call	g
	testl	%eax, %eax
	js	.L3
.L2:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.section	.text.unlikely
	.cfi_startproc
	.type	f.cold, @function
f.cold:
.L3:
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	$.LC0, %edi
	call	bad
	movl	%ebx, %edi
	call	g
	jmp	.L2
	.cfi_endproc
	.text
	.size	f, .-f
	.section	.text.unlikely
	.size	f.cold, .-f.cold
	.text
